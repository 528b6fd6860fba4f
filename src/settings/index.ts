/**
 * Settings: what an organisation decides and every screen goes by. Owns the organisation and its stamp, intake groups, sites, categories,
 * the people one can talk to instead, texts, bank holidays, time limits, look and name, all of them rows an administrator can change.
 * Promises that a change has its entry, its reason and both states kept, that nothing is changed for days that are over, that two people at
 * once never undo each other, and that a demonstration's database never serves real concerns, nor the other way round.
 */
export { createAdministration, type Administration, type Held, type Listed, type ShownChange, type TextBlock } from './administration.ts'
export { calendarFile, calendarFileInput, type CalendarImport } from './calendar/holiday-file.ts'
export {
  calendarChange,
  calendarInput,
  endsSoon,
  horizonOf,
  type CalendarChange,
  type HolidayRow,
  type Horizon,
} from './calendar/holidays.ts'
export {
  categoriesInForce,
  categoryEndInput,
  categoryInput,
  firstCategories,
  officialElements,
  type Category,
  type OfficialElement,
} from './categories/categories.ts'
export type { AdministrationDeps, Administrator, LimitNews, MailStanding } from './changes/administrator.ts'
export { checkpointCause, mostReaders, readerInput, readerRemoval, type CheckpointReader } from './checkpoint-readers/checkpoint-readers.ts'
export { readCheckpointReaders } from './checkpoint-readers/reader-store.ts'
export { completeSettings } from './complete-settings.ts'
export { coverInput } from './cover/cover.ts'
export { contactsInput } from './contacts/replace-contacts.ts'
export { countMoved, type MovedDeadline, type OpenDeadlines, type Reckoning, type ReckoningChange } from './deadlines.ts'
export { demonstrationOrganisation } from './demonstration.ts'
export { firstContacts } from './first-contacts.ts'
export type { LimitAnnounced, LimitPreview } from './limits/change-limits.ts'
export { escalationSteps, limitChange, limitInput, limitWithdrawal, type LimitChange } from './limits/limit-change.ts'
export { publicLimits, type PublicLimit, type PublicVersion } from './limits/public-limits.ts'
export { noticeInput, type NoticeValues } from './limits/notice.ts'
export type { RuleVersion } from './limits/rule-store.ts'
export type { IntakeGroup, Organisation, Settings, Site, SpeakUpContact, Stamp } from './organisation.ts'
export { onCallGaps, type OnCallGap } from './on-call/gaps.ts'
export {
  isReached,
  mostOnCall,
  onCallAt,
  onCallDays,
  onCallInput,
  type OnCallDays,
  type OnCallPerson,
  type OnCallValues,
} from './on-call/on-call.ts'
export { groupChangeInput, nameInput, siteChangeInput, type GroupRow, type SiteRow } from './places/places.ts'
export { firstRulesPublished, publishRules } from './published-rules.ts'
export { prepareSettings, seedSettings, type FirstSettings, type PreparedSettings, type SeedDeps } from './seed-settings.ts'
export { createSettings, type SettingsDeps, type SettingsInForce } from './settings.ts'
export {
  byTitle,
  mostSnippets,
  readingOfSnippet,
  snippetsFor,
  snippetsInput,
  snippetUses,
  type Snippet,
  type SnippetUse,
  type SnippetValues,
} from './snippets/snippets.ts'
export { checkStamp } from './stamp.ts'
export {
  createTexts,
  digestOf,
  editionOf,
  editionsOn,
  firstTexts,
  newestInForce,
  textPages,
  type PageEdition,
  type TextPage,
} from './texts/in-force.ts'
export { isLocal, paragraphsOf, textKeys, type LocalTextKey } from './texts/local-texts.ts'
export { readingLimits, readingOf, syllablesIn, type Reading } from './texts/reading.ts'
export { createStoredTexts, textInput, type StoredText } from './texts/stored-text.ts'
export { textKinds, textMarks, type TextKind, type TextMark, type Texts, type TextVersion } from './texts/text.ts'
export { assertBrandReadable } from './values/change-values.ts'
export { readNameYears } from './values/value-store.ts'
export { contrastRatio, leastContrast } from './values/contrast.ts'
export {
  brandInput,
  countingUnits,
  firstValues,
  mailInput,
  namesInput,
  noteDays,
  organisationInput,
  serviceInput,
  type BrandValues,
  type CountingUnit,
  type MailValues,
  type NameValues,
  type OrganisationValues,
  type ServiceValues,
  type Values,
} from './values/values.ts'

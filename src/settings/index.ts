/**
 * Settings: what an organisation decides and every screen goes by. Owns the organisation and its stamp, intake groups, sites, the
 * people one can talk to instead, bank holidays and time limits, all of them rows an administrator can change. Promises that a
 * change has its entry in the log, and that a demonstration's database never serves real concerns, nor the other way round.
 */
export { demonstrationOrganisation } from './demonstration.ts'
export type { IntakeGroup, Organisation, Settings, Site, SpeakUpContact, Stamp } from './organisation.ts'
export { firstContacts } from './first-contacts.ts'
export { prepareSettings, seedSettings, type FirstSettings, type PreparedSettings, type SeedDeps } from './seed-settings.ts'
export { createSettings, type SettingsDeps } from './settings.ts'
export { checkStamp } from './stamp.ts'
export {
  createTexts,
  digestOf,
  editionsOn,
  firstTexts,
  newestInForce,
  textPages,
  type PageEdition,
  type TextPage,
} from './texts/in-force.ts'
export { textKinds, textMarks, type TextKind, type TextMark, type Texts, type TextVersion } from './texts/text.ts'

import { londonDate, type DateText } from '../kernel/index.ts'
import type { Tx } from '../database/index.ts'
import { createCalendar } from '../timeliness/index.ts'
import { createChangeCalendar, createImportCalendar } from './calendar/change-calendar.ts'
import { holidaysArea, readHolidays } from './calendar/holiday-store.ts'
import { horizonOf, type HolidayRow, type Horizon } from './calendar/holidays.ts'
import type { Category } from './categories/categories.ts'
import { categoriesArea, readCategories } from './categories/category-store.ts'
import { createChangeCategories } from './categories/change-categories.ts'
import { requireAdministrator, type AdministrationDeps, type Administrator, type MailStanding } from './changes/administrator.ts'
import { digestOfRows, type Area } from './changes/area.ts'
import { readChanges, type StoredChange } from './changes/change-store.ts'
import { contactsArea, readContacts } from './contacts/contacts-store.ts'
import { createChangeReaders } from './checkpoint-readers/change-readers.ts'
import type { CheckpointReader } from './checkpoint-readers/checkpoint-readers.ts'
import { readCheckpointReaders, readersArea } from './checkpoint-readers/reader-store.ts'
import { createChangeCover } from './cover/change-cover.ts'
import type { CoverValues } from './cover/cover.ts'
import { createReplaceContacts } from './contacts/replace-contacts.ts'
import { createChangeLimits, createWithdrawLimits } from './limits/change-limits.ts'
import { noticeUntil, type NoticeValues } from './limits/notice.ts'
import { readVersions, rulesArea, type RuleVersion } from './limits/rule-store.ts'
import type { SpeakUpContact } from './organisation.ts'
import type { OnCallValues } from './on-call/on-call.ts'
import { createChangeSnippets } from './snippets/change-snippets.ts'
import { byTitle, type SnippetValues } from './snippets/snippets.ts'
import { createChangePlaces } from './places/change-places.ts'
import { intakeGroupsArea, readGroups, readSites, sitesArea } from './places/places-store.ts'
import type { GroupRow, SiteRow } from './places/places.ts'
import { isLocal, textKeys } from './texts/local-texts.ts'
import { createPublishText } from './texts/publish-text.ts'
import type { StoredText } from './texts/stored-text.ts'
import { readTexts } from './texts/text-store.ts'
import { createChangeValues } from './values/change-values.ts'
import {
  brandArea,
  coverArea,
  mailArea,
  namesArea,
  onCallArea,
  noticeArea,
  organisationArea,
  readOrganisationValues,
  readValues,
  serviceArea,
  snippetsArea,
} from './values/value-store.ts'
import type { BrandValues, MailValues, NameValues, OrganisationValues, ServiceValues } from './values/values.ts'

/** Rows with the digest that a change has to name: from which state it was decided. */
export interface Listed<T> {
  readonly seen: string
  readonly items: readonly T[]
}
export interface Held<T> {
  readonly seen: string
  readonly value: T
}

export interface TextBlock {
  readonly key: string
  readonly local: boolean
  readonly seen: string
  /** Oldest first; none where a line of the organisation's own was never written. */
  readonly versions: readonly StoredText[]
}

export interface ShownChange extends StoredChange {
  /** Null where the person is no longer known. */
  readonly who: string | null
}

async function readTextBlocks(tx: Tx): Promise<readonly TextBlock[]> {
  const all = await readTexts(tx)
  return textKeys.map((key) => {
    const versions = all.filter((text) => text.key === key)
    return { key, local: isLocal(key), seen: digestOfRows(versions.map((text) => ({ ...text }))), versions }
  })
}

function readingWith<Ctx extends Administrator>(deps: AdministrationDeps<Ctx>) {
  return <T>(work: (tx: Tx) => Promise<T>) =>
    async (ctx: Ctx): Promise<T> => {
      requireAdministrator(ctx)
      return deps.database.read(work)
    }
}

const seenIn = async (tx: Tx, area: Area) => digestOfRows(await area.read(tx))

/** What an administrator can read of the settings. None of it is about a concern, so that reading it is no look. */
function createReadings<Ctx extends Administrator>(deps: AdministrationDeps<Ctx>) {
  const read = readingWith(deps)
  return {
    viewIntakeGroups: async (ctx: Ctx): Promise<Listed<GroupRow & { readonly guardians: readonly string[] }>> => {
      requireAdministrator(ctx)
      const guardians = await deps.guardiansIn()
      return deps.database.read(async (tx) => ({
        seen: await seenIn(tx, intakeGroupsArea),
        items: (await readGroups(tx)).map((group) => ({ ...group, guardians: guardians(group.id) })),
      }))
    },
    viewSites: read(async (tx): Promise<Listed<SiteRow>> => ({ seen: await seenIn(tx, sitesArea), items: await readSites(tx) })),
    viewCategories: read(async (tx): Promise<Listed<Category>> => ({
      seen: await seenIn(tx, categoriesArea),
      items: await readCategories(tx),
    })),
    viewContacts: read(async (tx): Promise<Listed<SpeakUpContact>> => ({
      seen: await seenIn(tx, contactsArea),
      items: await readContacts(tx),
    })),
    viewCheckpointReaders: read(async (tx): Promise<Listed<CheckpointReader> & { readonly mail: MailStanding }> => ({
      seen: await seenIn(tx, readersArea),
      items: await readCheckpointReaders(tx),
      mail: await deps.mail.state(tx),
    })),
    viewTexts: read(readTextBlocks),
    viewService: read(async (tx): Promise<Held<ServiceValues>> => ({
      seen: await seenIn(tx, serviceArea),
      value: (await readValues(tx)).service,
    })),
    viewNames: read(async (tx): Promise<Held<NameValues>> => ({ seen: await seenIn(tx, namesArea), value: (await readValues(tx)).names })),
    viewMail: read(async (tx): Promise<Held<MailValues> & { readonly mail: MailStanding }> => ({
      seen: await seenIn(tx, mailArea),
      value: (await readValues(tx)).mail,
      mail: await deps.mail.state(tx),
    })),
    viewOnCall: read(async (tx): Promise<Held<OnCallValues> & { readonly mail: MailStanding; readonly callsSetUp: boolean }> => ({
      seen: await seenIn(tx, onCallArea),
      value: (await readValues(tx)).onCall,
      mail: await deps.mail.state(tx),
      callsSetUp: deps.mail.callsSetUp,
    })),
    viewSnippets: read(async (tx): Promise<Held<SnippetValues>> => ({
      seen: await seenIn(tx, snippetsArea),
      value: { items: byTitle((await readValues(tx)).snippets.items) },
    })),
    viewBrand: read(async (tx): Promise<Held<BrandValues>> => ({ seen: await seenIn(tx, brandArea), value: (await readValues(tx)).brand })),
    viewOrganisation: read(async (tx): Promise<Held<OrganisationValues>> => ({
      seen: await seenIn(tx, organisationArea),
      value: await readOrganisationValues(tx),
    })),
    /** The latest hundred, newest first. */
    viewChanges: async (ctx: Ctx): Promise<readonly ShownChange[]> => {
      requireAdministrator(ctx)
      const names = await deps.namesOf()
      const changes = await deps.database.read((tx) => readChanges(tx, 100))
      return changes.map((change) => ({ ...change, who: names.get(change.personId) ?? null }))
    },
  }
}

/** What deadlines go by, and who is called. */
function createDeadlineReadings<Ctx extends Administrator>(deps: AdministrationDeps<Ctx>) {
  const read = readingWith(deps)
  return {
    /** Every version there ever was, withdrawn ones too, and the first day on which one that is announced today may hold. */
    viewLimits: async (ctx: Ctx): Promise<Listed<RuleVersion> & { readonly earliest: DateText }> => {
      requireAdministrator(ctx)
      return deps.database.read(async (tx) => ({
        seen: await seenIn(tx, rulesArea),
        items: await readVersions(tx),
        earliest: noticeUntil((await readValues(tx)).notice, londonDate(ctx.now), createCalendar(await readHolidays(tx))),
      }))
    },
    viewCover: read(async (tx): Promise<Held<CoverValues>> => ({ seen: await seenIn(tx, coverArea), value: (await readValues(tx)).cover })),
    viewNotice: read(async (tx): Promise<Held<NoticeValues>> => ({
      seen: await seenIn(tx, noticeArea),
      value: (await readValues(tx)).notice,
    })),
    viewCalendar: async (ctx: Ctx): Promise<Listed<HolidayRow> & { readonly horizon: Horizon }> => {
      requireAdministrator(ctx)
      return deps.database.read(async (tx) => {
        const items = await readHolidays(tx)
        return { seen: await seenIn(tx, holidaysArea), items, horizon: horizonOf(items, londonDate(ctx.now)) }
      })
    },
  }
}

/** Everything an administrator does with settings. Each change wants the state it was decided from, a reason and a fresh second factor. */
export function createAdministration<Ctx extends Administrator>(deps: AdministrationDeps<Ctx>) {
  return {
    ...createReadings(deps),
    ...createDeadlineReadings(deps),
    ...createChangePlaces(deps),
    ...createChangeCategories(deps),
    ...createPublishText(deps),
    ...createReplaceContacts(deps),
    ...createChangeReaders(deps),
    ...createChangeValues(deps),
    ...createChangeSnippets(deps),
    ...createChangeCover(deps),
    ...createChangeCalendar(deps),
    ...createImportCalendar(deps),
    ...createChangeLimits(deps),
    ...createWithdrawLimits(deps),
  }
}

export type Administration<Ctx extends Administrator> = ReturnType<typeof createAdministration<Ctx>>

import type { Tx } from '../../database/index.ts'
import { canonicalJson } from '../../audit/index.ts'
import type { Area, Row } from '../changes/area.ts'
import {
  firstValues,
  storedValues,
  type BrandValues,
  type NameValues,
  type OrganisationValues,
  type ServiceValues,
  type Values,
} from './values.ts'

type ValueKey = keyof Values

/** Every value as its row has it, or as it first was where there is no row, or one that can't be read. */
export async function readValues(tx: Tx): Promise<Values> {
  const rows = new Map((await tx.setting.findMany()).map(({ key, value }) => [key, value]))
  const read = <Key extends ValueKey>(key: Key): Values[Key] => {
    const row = rows.get(key)
    const parsed = row === undefined ? null : storedValues[key].safeParse(JSON.parse(row))
    return parsed?.success ? (parsed.data as Values[Key]) : firstValues[key]
  }
  return {
    ...{ intake: read('intake'), service: read('service'), brand: read('brand'), counting: read('counting'), names: read('names') },
    mail: read('mail'),
    onCall: read('onCall'),
    notice: read('notice'),
    snippets: read('snippets'),
    cover: read('cover'),
  }
}

export async function writeValue<Key extends ValueKey>(tx: Tx, key: Key, value: Values[Key]): Promise<void> {
  const text = canonicalJson({ ...value } as Row)
  await tx.setting.upsert({ where: { key }, create: { key, value: text }, update: { value: text } })
}

export const serviceArea: Area = { setting: 'service', read: async (tx) => [{ ...(await readValues(tx)).service } satisfies ServiceValues] }
export const namesArea: Area = { setting: 'names', read: async (tx) => [{ ...(await readValues(tx)).names } satisfies NameValues] }
export const coverArea: Area = { setting: 'cover', read: async (tx) => [{ ...(await readValues(tx)).cover }] }
export const mailArea: Area = {
  setting: 'mail',
  read: async (tx) => {
    const { noteTimes, noteDays } = (await readValues(tx)).mail
    return [{ noteTimes: [...noteTimes], noteDays }]
  },
}
export const noticeArea: Area = {
  setting: 'notice_period',
  read: async (tx) => {
    const { workingDays, source, longer } = (await readValues(tx)).notice
    return [{ workingDays, source, longerDays: longer?.workingDays ?? null, longerUntil: longer?.until ?? null }]
  },
}
/** One row for each of them, so that the account of changes shows who came and went. */
export const onCallArea: Area = {
  setting: 'on_call',
  read: async (tx) => {
    const { people, outside, patience } = (await readValues(tx)).onCall
    return [{ outside, patience }, ...people.map((person, at) => ({ position: at + 1, ...person }))]
  },
}
export const snippetsArea: Area = {
  setting: 'snippets',
  read: async (tx) =>
    (await readValues(tx)).snippets.items.map(({ code, title, text, uses }) => ({ code, title, text, uses: uses.join(', ') })),
}
export const brandArea: Area = { setting: 'brand', read: async (tx) => [{ ...(await readValues(tx)).brand } satisfies BrandValues] }
export const organisationArea: Area = { setting: 'organisation', read: async (tx) => [{ ...(await readOrganisationValues(tx)) }] }

export async function readOrganisationValues(tx: Tx): Promise<OrganisationValues> {
  const row = await tx.organisation.findFirst()
  const { counting } = await readValues(tx)
  return { name: row?.name ?? '', odsCode: row?.odsCode ?? null, ...counting }
}

export async function renameOrganisation(tx: Tx, change: Pick<OrganisationValues, 'name' | 'odsCode'>): Promise<void> {
  await tx.organisation.updateMany({ data: { name: change.name, odsCode: change.odsCode } })
}

/** For how many years after somebody left the log can be read by their name. */
export async function readNameYears(tx: Tx): Promise<number> {
  return (await readValues(tx)).names.years
}

import type { Tx } from '../../database/index.ts'
import type { Area } from '../changes/area.ts'
import type { SpeakUpContact } from '../organisation.ts'

/** In the order they are shown. */
export async function readContacts(tx: Tx): Promise<SpeakUpContact[]> {
  const rows = await tx.speakUpContact.findMany({ orderBy: [{ position: 'asc' }, { id: 'asc' }] })
  return rows.map(({ name, detail, way, source }) => ({ name, detail, way, source }))
}

/** The place in the list is part of it: the first is the one people call. */
export const contactsArea: Area = {
  setting: 'speak_up_contacts',
  read: async (tx) => (await readContacts(tx)).map((contact, at) => ({ position: at + 1, ...contact })),
}

export async function insertContacts(tx: Tx, contacts: readonly SpeakUpContact[], ids: readonly string[]): Promise<void> {
  await tx.speakUpContact.createMany({ data: contacts.map((contact, at) => ({ ...contact, id: ids[at]!, position: at + 1 })) })
}

export async function deleteContacts(tx: Tx): Promise<void> {
  await tx.speakUpContact.deleteMany()
}

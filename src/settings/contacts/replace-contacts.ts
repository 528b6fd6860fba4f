import { z } from 'zod'
import { newId, optionalText, shortText } from '../../kernel/index.ts'
import type { AdministrationDeps, Administrator } from '../changes/administrator.ts'
import { asked } from '../changes/asked.ts'
import { changeSetting } from '../changes/change-setting.ts'
import { contactsArea, deleteContacts, insertContacts } from './contacts-store.ts'

const contact = z.strictObject({
  name: shortText(100, 'Say who or what it is.'),
  detail: optionalText(300).default(''),
  way: shortText(200, 'Say how to reach them.').meta({ description: 'A telephone number, an address or a place.' }),
  source: shortText(300, 'Say where you have this from.'),
})

/** The whole list, in the order it is shown. */
export const contactsInput = z.strictObject({
  items: z.array(contact).min(1, 'Keep at least one: it is where people go when this service is closed.').max(30),
  ...asked,
})
export type ContactsInput = z.output<typeof contactsInput>

/** The other ways to speak up, put in the place of those before. */
export function createReplaceContacts<Ctx extends Administrator>(deps: AdministrationDeps<Ctx>) {
  return {
    replaceContacts: (ctx: Ctx, input: ContactsInput): Promise<{ count: number }> =>
      changeSetting(deps, ctx, contactsArea, input, async (tx) => {
        await deleteContacts(tx)
        await insertContacts(
          tx,
          input.items,
          input.items.map(() => newId(deps.random)),
        )
        return { value: { count: input.items.length } }
      }),
  }
}

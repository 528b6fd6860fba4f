import type { HttpClient, Answer, Fields } from '../../support/http-client.ts'
import type { TestApp } from '../../support/app.ts'
import { openStaffStage, pressOn, type StaffStage } from './staff-stage.ts'

/** The service with an administrator at a browser. */
export interface SettingsStage extends StaffStage {
  readonly sam: HttpClient
  /** Opens the form, fills in what is given, gives a reason and a code where one is asked for, and sends it. */
  save(path: string, fields: Fields, who?: HttpClient): Promise<Answer>
  /** Entries of one kind, oldest first. */
  entries(
    kind: string,
  ): Promise<readonly { readonly fields: Readonly<Record<string, unknown>>; readonly text: string; readonly concernId: string | null }[]>
}

export async function openSettingsStage(options: Parameters<typeof openStaffStage>[0] = {}): Promise<SettingsStage> {
  const stage = await openStaffStage(options)
  const sam = await stage.staff('administrator')
  return {
    ...stage,
    sam,
    save: async (path, fields, who = sam) => {
      const form = await who.get(path)
      return pressOn(who, form, { ...fields, ...ofEveryChange(stage.app, form) }, path)
    },
    entries: async (kind) => {
      const { rows } = await stage.app.database.asSuperuser.query<{ text: string; concern_id: string | null }>(
        'select text, concern_id from staff_entry where kind = $1 order by happened_at, id',
        [kind],
      )
      return rows.map(({ text, concern_id }) => ({
        text,
        concernId: concern_id,
        fields: (JSON.parse(text) as { fields: Record<string, unknown> }).fields,
      }))
    },
  }
}

/** A reason, and a code of this moment of the clock where the page asks for one. */
export function ofEveryChange(app: TestApp, { text }: Answer): Readonly<Record<string, string>> {
  const reason = 'Agreed at the meeting of the speaking-up group'
  if (!text.includes('name="otp"')) return { reason }
  app.clock.advance({ seconds: 30 })
  return { reason, otp: app.codeOf('administrator') }
}

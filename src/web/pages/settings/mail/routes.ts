import type { Route } from '../../../../http/index.ts'
import { mailInput } from '../../../../settings/index.ts'
import type { Pages } from '../../../layout/index.ts'
import { formPageRoutes, type FormPage, type SettingsPageDeps, type SettingsVisit } from '../form-page.ts'
import { mailView } from './mail-view.ts'

type State = Awaited<ReturnType<SettingsVisit['settings']['viewMail']>>

const path = '/settings/mail'

/** When the regular note goes out, with how mail stands. */
export const mailRoutes = (pages: Pages, deps: SettingsPageDeps): readonly Route[] => formPageRoutes(pages, deps, mail)

const mail: FormPage<typeof mailInput, State> = {
  path,
  back: '/settings',
  template: 'settings/mail/mail.njk',
  title: (words) => words.mail.title,
  load: ({ settings, ctx }) => settings.viewMail(ctx),
  seen: ({ seen }) => seen,
  schema: mailInput,
  start: ({ value }) => ({ noteTimes: value.noteTimes.join(', '), noteDays: value.noteDays }),
  body: (typed) => ({
    noteTimes: typed
      .one('noteTimes')
      .split(/[,;\s]+/)
      .filter((time) => time !== ''),
    noteDays: typed.one('noteDays'),
  }),
  // One box holds them all
  fields: Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`/noteTimes/${at}`, 'noteTimes'])),
  perform: ({ settings, ctx }, input) => settings.changeMail(ctx, input),
  view: (state, _typed, { words }) => ({ mail: mailView(state.mail, words) }),
  done: 'changed',
  to: path,
}

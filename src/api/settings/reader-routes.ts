import { mailInput, onCallInput, readerInput, readerRemoval } from '../../settings/index.ts'
import type { Call } from '../call.ts'
import { settingsCall, type SettingsApiDeps } from './call.ts'
import { presentMail } from './present.ts'
import { doneAnswer, madeAnswer, mailAnswer, onCallAnswer, readersAnswer } from './schema.ts'

/** Who gets the log's checkpoint by mail every day. */
export function readerCalls(deps: SettingsApiDeps): readonly Call[] {
  const settings = deps.settingsAdministration
  return [
    settingsCall(deps, {
      name: 'listCheckpointReaders',
      method: 'get',
      path: 'checkpoint-readers',
      summary: 'Who gets the log’s checkpoint by mail every day, and how mail stands',
      gives: 'All of them.',
      answer: readersAnswer,
      handle: async ({ ctx }) => {
        const { seen, items, mail } = await settings.viewCheckpointReaders(ctx)
        return {
          seen,
          mail: presentMail(mail),
          items: items.map(({ id, role, name, address }) => ({ id, role, name, address })),
        }
      },
    }),
    settingsCall(deps, {
      name: 'addCheckpointReader',
      method: 'post',
      path: 'checkpoint-readers',
      summary: 'Send somebody the checkpoint every day',
      description: 'The log holds a digest of the list, and no name or address.',
      body: readerInput,
      status: 201,
      gives: 'Added.',
      answer: madeAnswer,
      handle: async ({ ctx, body }) => ({ id: (await settings.addCheckpointReader(ctx, body)).id }),
    }),
    settingsCall(deps, {
      name: 'removeCheckpointReader',
      method: 'post',
      path: 'checkpoint-readers/:readerId/removal',
      summary: 'Take somebody off',
      description: 'What still waits for them is not sent.',
      body: readerRemoval,
      gives: 'Taken off.',
      answer: madeAnswer,
      handle: async ({ ctx, body, id }) => ({ id: (await settings.removeCheckpointReader(ctx, id('readerId'), body)).id }),
    }),
  ]
}

/** When the regular note goes out, and how mail stands. */
export function mailCalls(deps: SettingsApiDeps): readonly Call[] {
  const settings = deps.settingsAdministration
  return [
    settingsCall(deps, {
      name: 'viewMail',
      method: 'get',
      path: 'mail',
      summary: 'When the regular note goes out, and how mail stands',
      gives: 'As it is set.',
      answer: mailAnswer,
      handle: async ({ ctx }) => {
        const { seen, value, mail } = await settings.viewMail(ctx)
        return { seen, noteTimes: [...value.noteTimes], noteDays: value.noteDays, mail: presentMail(mail) }
      },
    }),
    settingsCall(deps, {
      name: 'changeMail',
      method: 'put',
      path: 'mail',
      summary: 'Set when the regular note goes out',
      description: 'It goes to whoever wants it, the same whether there is work or not.',
      body: mailInput,
      gives: 'Set.',
      answer: doneAnswer,
      handle: async ({ ctx, body }) => ({ changed: (await settings.changeMail(ctx, body)).changed }),
    }),
  ]
}

/** Who is called where somebody may be in danger. */
export function onCallCalls(deps: SettingsApiDeps): readonly Call[] {
  const settings = deps.settingsAdministration
  return [
    settingsCall(deps, {
      name: 'viewOnCall',
      method: 'get',
      path: 'on-call',
      summary: 'Who is called where somebody may be in danger, in their order',
      gives: 'As it is set.',
      answer: onCallAnswer,
      handle: async ({ ctx }) => {
        const { seen, value, callsSetUp } = await settings.viewOnCall(ctx)
        const people = value.people.map(({ name, number, email, days, from, until }) => ({ name, number, email, days, from, until }))
        return { seen, people, outside: value.outside, patience: value.patience, callsSetUp }
      },
    }),
    settingsCall(deps, {
      name: 'changeOnCall',
      method: 'put',
      path: 'on-call',
      summary: 'Put another list in its place',
      description:
        'Hours in London; weekends and bank holidays count. Names and numbers are shown to whoever says that someone may be in danger.',
      body: onCallInput,
      gives: 'Set.',
      answer: doneAnswer,
      handle: async ({ ctx, body }) => ({ changed: (await settings.changeOnCall(ctx, body)).changed }),
    }),
  ]
}

import { z } from 'zod'
import { calendarChange, calendarInput, limitChange, limitInput } from '../../settings/index.ts'
import type { Call } from '../call.ts'
import { settingsCall, type SettingsApiDeps } from './call.ts'
import { presentCalendar, presentChange, presentLimit, presentMoved } from './present.ts'
import { calendarAnswer, changesAnswer, limitChangedAnswer, limitsAnswer, movedAnswer } from './schema.ts'

const recorded = 'Changes nothing. That somebody looked is recorded, and neither how many nor which concerns.'
const moves = 'Stored next dates of open concerns move with it, each with an entry of its own. Days that are over can not be changed.'

function calendarCalls(deps: SettingsApiDeps): readonly Call[] {
  const settings = deps.settingsAdministration
  return [
    settingsCall(deps, {
      name: 'viewCalendar',
      method: 'get',
      path: 'calendar',
      summary: 'Bank holidays',
      gives: 'Every day of the table.',
      answer: calendarAnswer,
      handle: async ({ ctx }) => presentCalendar(await settings.viewCalendar(ctx)),
    }),
    settingsCall(deps, {
      name: 'previewCalendar',
      method: 'post',
      path: 'calendar/preview',
      summary: 'Which open deadlines a change of the calendar would move',
      description: recorded,
      body: z.strictObject({ day: calendarChange }),
      changes: false,
      gives: 'What would move.',
      answer: movedAnswer,
      handle: async ({ ctx, body }) => ({ moved: presentMoved(await settings.previewCalendar(ctx, body.day)) }),
    }),
    settingsCall(deps, {
      name: 'changeCalendar',
      method: 'post',
      path: 'calendar',
      summary: 'Add, take away or confirm a bank holiday',
      description: moves,
      body: calendarInput,
      gives: 'Changed; what moved.',
      answer: movedAnswer,
      handle: async ({ ctx, body }) => ({ moved: presentMoved(await settings.changeCalendar(ctx, body)) }),
    }),
  ]
}

function limitCalls(deps: SettingsApiDeps): readonly Call[] {
  const settings = deps.settingsAdministration
  return [
    settingsCall(deps, {
      name: 'listTimeLimits',
      method: 'get',
      path: 'time-limits',
      summary: 'Time limits in all their versions',
      gives: 'With source and force.',
      answer: limitsAnswer,
      handle: async ({ ctx }) => {
        const { seen, items } = await settings.viewLimits(ctx)
        return { seen, items: items.map(presentLimit) }
      },
    }),
    settingsCall(deps, {
      name: 'previewTimeLimit',
      method: 'post',
      path: 'time-limits/preview',
      summary: 'Which open deadlines a new limit would move',
      description: recorded,
      body: z.strictObject({ change: limitChange }),
      changes: false,
      gives: 'What would move.',
      answer: movedAnswer,
      handle: async ({ ctx, body }) => ({ moved: presentMoved(await settings.previewLimit(ctx, body.change)) }),
    }),
    settingsCall(deps, {
      name: 'changeTimeLimit',
      method: 'post',
      path: 'time-limits',
      summary: 'Give a limit a new version from a day on',
      description: moves,
      body: limitInput,
      gives: 'Changed; what moved.',
      answer: limitChangedAnswer,
      handle: async ({ ctx, body }) => {
        const { version, moved } = await settings.changeLimit(ctx, body)
        return { version, moved: presentMoved(moved) }
      },
    }),
  ]
}

function accountCalls(deps: SettingsApiDeps): readonly Call[] {
  const settings = deps.settingsAdministration
  return [
    settingsCall(deps, {
      name: 'listSettingChanges',
      method: 'get',
      path: 'changes',
      summary: 'What was changed, by whom and why',
      gives: 'The latest hundred, newest first.',
      answer: changesAnswer,
      handle: async ({ ctx }) => ({ items: (await settings.viewChanges(ctx)).map(presentChange) }),
    }),
  ]
}

/** The calendar, the limits and the account of changes. */
export function deadlineCalls(deps: SettingsApiDeps): readonly Call[] {
  return [...calendarCalls(deps), ...limitCalls(deps), ...accountCalls(deps)]
}

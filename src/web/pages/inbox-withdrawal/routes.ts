import { withdrawalInput } from '../../../concerns/index.ts'
import { readInput, type FormFields, type Route } from '../../../http/index.ts'
import { pageWords, type Pages } from '../../layout/index.ts'
import type { ReporterDeps } from '../../reporter/deps.ts'
import { inboxFormRoutes } from '../../reporter/inbox-form.ts'
import { doneHref, inboxSteps } from '../../reporter/steps.ts'
import { words as english } from './words.en.ts'

const wordsIn = pageWords({ en: english })

/** I7: the person asks us to stop. Staff decide whether the organisation must still act. */
export function inboxWithdrawalRoutes(pages: Pages, deps: ReporterDeps): readonly Route[] {
  return inboxFormRoutes(pages, deps, {
    path: inboxSteps.withdrawal,
    again: inboxSteps.withdrawalAgain,
    done: doneHref('withdrawal'),
    template: 'inbox-withdrawal/inbox-withdrawal.njk',
    wordsIn,
    written: ['reason'],
    show: async ({ ctx }, typed) => {
      const { allowedActions } = await deps.concerns.readInbox(ctx)
      return allowedActions.includes('withdraw') ? { reason: typed.one('reason'), detrimentHref: inboxSteps.detriment } : null
    },
    act: (ctx, form, secret) => deps.concerns.askToWithdraw(ctx, readWithdrawal(form), secret),
    faultWords: ({ errors }) => ({ words: errors }),
  })
}

function readWithdrawal(form: FormFields) {
  const reason = form.one('reason')
  return readInput(withdrawalInput, reason.trim() === '' ? {} : { reason })
}

import { instantText } from '../../../../kernel/index.ts'
import type { MailStanding } from '../../../../settings/index.ts'
import type { SettingsWords } from '../words.en.ts'

/** How mail stands, for `settings/mail/standing.njk`. No address: only counts, times and what went wrong. */
export function mailView({ setUp, waiting, failed, fault, lastSentAt, waitingSince }: MailStanding, { readers }: SettingsWords): object {
  return {
    setUp,
    lastSentAt: lastSentAt && instantText(lastSentAt),
    waiting: setUp && waiting > 0 ? readers.mail.waiting(waiting) : null,
    waitingSince: setUp ? waitingSince && instantText(waitingSince) : null,
    failed: setUp && failed > 0,
    fault: fault && readers.mail.faults[fault],
  }
}

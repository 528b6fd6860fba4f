import type { Service } from '../composition.ts'
import { demonstrationPeople, demonstrationCode, type StaffContext } from '../accounts/index.ts'
import type { ConcernId, UserId } from '../kernel/index.ts'
import { readCases, type Case } from './cases.ts'
import { handleCase, handlerOf, planHandling } from './handle-case.ts'

/** How many days ago each case was raised, so that the queue shows what is late, due and done. */
const daysAgo = [6, 5, 4, 8, 3, 1, 0, 2, 6, 7]
/** Cases left as they were raised: something for a visitor to do. */
const untouched = new Set(['07-water-and-air', '09-theatre-harassment'])
/** What the person wrote back, where they did. */
const replies: Readonly<Record<string, string>> = {
  '03-surgical-outcomes': 'The operation I wrote about is now listed for Tuesday morning. Please tell me who is looking at the figures.',
}

/**
 * Raises and handles the ten cases. Does nothing where there are concerns already, and answers how many it added. Signs in with the code of
 * the step before, so that a visitor's first code is still fresh.
 */
export async function addSampleConcerns(service: Service, now: Temporal.Instant): Promise<number> {
  if ((await service.database.read((tx) => tx.concern.findFirst({ select: { id: true } }))) !== null) return 0
  const guardian = await signIn(service, 'guardian@demo.test', now)
  const investigator = (await service.accounts.directory.current()).people.find((person) => person.roles.includes('investigator'))
  if (investigator === undefined) throw new Error('the demonstration has no investigator')
  let added = 0
  for (const [index, given] of readCases().entries()) {
    const raisedAt = now.subtract({ hours: 24 * (daysAgo[index] ?? 0) })
    const { token } = await service.concerns.raise({ requestId: 'demonstration', now: raisedAt }, given.input, null)
    added += 1
    if (untouched.has(given.name)) continue
    const reporter = await service.concerns.openByToken({ requestId: 'demonstration', now }, token)
    await handle(service, guardian, reporter.concernId, given, investigator.id)
    const reply = replies[given.name]
    if (reply !== undefined) await service.concerns.writeFromInbox(reporter, { body: reply }, null)
  }
  await service.accounts.signOut(guardian)
  return added
}

/** Takes one case through its steps; the guardian keeps what is still open. */
async function handle(service: Service, guardian: StaffContext, id: ConcernId, given: Case, investigator: UserId): Promise<void> {
  const handler = handlerOf(service.concerns, guardian, investigator)
  const { version, status } = await handleCase(handler, id, 1, planHandling(given, handler))
  if (status === 'resolved' || status === 'triaged') return
  await service.concerns.act(guardian, id, 'assign', { expectedVersion: version, userId: guardian.person.userId })
}

async function signIn(service: Service, email: string, now: Temporal.Instant): Promise<StaffContext> {
  const person = demonstrationPeople.find((each) => each.email === email)
  if (person === undefined) throw new Error('no such demonstration person')
  const otp = demonstrationCode(now.subtract({ seconds: 30 }))
  const { accessToken } = await service.accounts.signIn({ requestId: 'demonstration' }, { email, password: person.password, otp })
  return service.accounts.openSession(accessToken, 'demonstration')
}

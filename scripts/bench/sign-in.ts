import { demonstrationCode, demonstrationPeople } from '../../src/accounts/index.ts'
import type { Role } from '../../src/kernel/index.ts'
import { send } from '../../test/support/process-http.ts'

const steps = new Map<string, number>()
const held = new Map<string, string>()

/** A guardian's access token, kept for the run: each code works once, so two sign-ins take two steps of the code. */
export async function bearerOf(origin: string): Promise<string> {
  const known = held.get('bearer')
  if (known !== undefined) return known
  const answer = await send(origin, '/api/v1/sessions', { body: credentials() })
  if (answer.status !== 201) throw new Error(`sign-in: ${answer.status} ${answer.text}`)
  const { accessToken } = answer.json<{ accessToken: string }>()
  held.set('bearer', accessToken)
  return accessToken
}

/** The cookie of the same guardian's browser, or of somebody else's. */
export async function cookieOf(origin: string, role: Role = 'guardian'): Promise<string> {
  const known = held.get(role)
  if (known !== undefined) return known
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin', Origin: 'null' }
  const answer = await send(origin, '/sign-in', { body: new URLSearchParams(credentials(role)).toString(), headers })
  const cookie = (answer.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ')
  if (cookie === '') throw new Error(`sign-in by page: ${answer.status}`)
  held.set(role, cookie)
  return cookie
}

/** The service takes the codes of a step before and after now, each once and in order. */
function credentials(role: Role = 'guardian'): { email: string; password: string; otp: string } {
  const { email, password } = demonstrationPeople.find(({ roles }) => roles.includes(role))!
  const used = steps.get(email) ?? 0
  steps.set(email, used + 1)
  return { email, password, otp: demonstrationCode(Temporal.Now.instant().add({ seconds: 30 * (used - 1) })) }
}

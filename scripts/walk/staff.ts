import { Unexpected, type ServiceClient } from './client.ts'

/** Demonstration people the walk acts as. */
const emails = {
  guardian: 'guardian@demo.test',
  investigator: 'investigator@demo.test',
  executive_lead: 'executive@demo.test',
  non_executive_lead: 'nonexecutive@demo.test',
  auditor: 'auditor@demo.test',
} as const
export type WalkPerson = keyof typeof emails

export interface SignedIn {
  readonly bearer: string
  readonly id: string
}

export interface Staff {
  /** Signs the person in the first time, and gives the same session afterwards: a code works once. */
  as(person: WalkPerson): Promise<SignedIn>
  signOutAll(): Promise<void>
}

/** The codes an authenticator app shows. A service takes a code from one step before to one after its own. */
export interface Codes {
  readonly password: string
  /** Of the step that is `ahead` steps from now. */
  code(ahead: number): string
  /** Until there is a code that was not there before. */
  nextCode(): Promise<void>
}

export function createStaff(client: ServiceClient, codes: Codes): Staff {
  const sessions = new Map<WalkPerson, SignedIn>()
  return {
    as: async (person) => {
      const held = sessions.get(person) ?? (await signIn(client, codes, emails[person]))
      sessions.set(person, held)
      return held
    },
    signOutAll: async () => {
      for (const { bearer } of sessions.values()) await client.call(204, 'DELETE', '/sessions/current', { bearer })
      sessions.clear()
    },
  }
}

/** Somebody, or an earlier walk, may have used this half minute's code already: then the next one, then a wait. */
async function signIn(client: ServiceClient, codes: Codes, email: string): Promise<SignedIn> {
  for (const ahead of [0, 1, 'wait', 1, 'wait', 1] as const) {
    if (ahead === 'wait') {
      await codes.nextCode()
      continue
    }
    try {
      const body = { email, password: codes.password, otp: codes.code(ahead) }
      const { accessToken, user } = await client.call<{ accessToken: string; user: { id: string } }>(201, 'POST', '/sessions', { body })
      return { bearer: accessToken, id: user.id }
    } catch (error) {
      if (!(error instanceof Unexpected) || error.code !== 'otp_replayed') throw error
    }
  }
  throw new Error(`${email} cannot sign in: every code was used`)
}

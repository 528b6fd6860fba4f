/**
 * Accounts: who works here and who is asking. Owns people, their passwords and second factors, sessions, and the signed list of those
 * a concern may be sealed to. Promises that a session is over the moment its row says so, that a guess tells nothing and a stranger
 * locks nobody out, that no list which guardians did not sign is ever sealed to, and that each sign-in, failure and change of people
 * has its entry.
 */
export { demonstrationCode, demonstrationPeople, seedDemonstration, type DemonstrationPerson } from './demonstration.ts'
export type { AccountsDeps, Pins, PinStore, SessionKeys } from './dependencies.ts'
export { createDirectory, groupsWithOneGuardian, type Directory, type KnownPerson } from './directory.ts'
export { createEnrolPerson, preparePerson, type EnrolledPerson, type NewPerson } from './enrol-person.ts'
export { createKeepText, createTakeKeptText, type KeptText, type WrittenText } from './kept-text.ts'
export { createOpenSession } from './open-session.ts'
export type { EnrolmentState, OpenedInvitation } from './invitations/enrol.ts'
export type { OneTimeLink } from './invitations/invitation.ts'
export { freshCode, inviteInput, rightsInput } from './invitations/invite-person.ts'
export { copiedGroups } from './own-account/copied-groups.ts'
export { passwordInput } from './own-account/own-account.ts'
export { recoverInput } from './own-account/recover-password.ts'
export { createForgetNames } from './people/forget-names.ts'
export type { FormerPerson } from './people/resemblance.ts'
export { resetDecision, type WaitingReset } from './people/second-factor-reset.ts'
export { factorStates, peopleQuery, personStates, type FactorState, type PersonState, type PersonSummary } from './people/view-people.ts'
export { createPeopleUseCases, type PeopleUseCases } from './people-use-cases.ts'
export type { Rights, StaffContext } from './person.ts'
export type { DirectoryPerson } from './recipient-set.ts'
export { withRecoveryCode } from './recovery/founder-code.ts'
export { foundPeople, type Founders } from './recovery/found-people.ts'
export { acceptRecoveredSet, peopleOfSet, proposeRecoveredSet, signRecoveredSet } from './recovery/recovered-set.ts'
export { createRenewKeys, type Renewal } from './recovery/renew-keys.ts'
export { offerSecondFactor, type SecondFactorOffer } from './recovery/second-factor-offer.ts'
export { checkSecretsFit, createCheckSecondFactor } from './second-factor.ts'
export { createPurgeSessions, createRenewSession, createSignOut, createStepUp, requireStepUp } from './session-acts.ts'
export { createSignIn, type OpenedSession, type SignInInput } from './sign-in.ts'
export { createProposeRecipientSet, createSignRecipientSet, signSetInput, type ProposedSet } from './sign-recipient-set.ts'

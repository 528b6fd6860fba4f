import { createAbsences } from './absence/absence.ts'
import { createChooseNote } from './addressees.ts'
import type { AccountsDeps } from './dependencies.ts'
import { createEnrolment } from './invitations/enrol.ts'
import { createInvitePerson, createReinvite, createWithdrawInvitation } from './invitations/invite-person.ts'
import { createChangePassword, createEndOtherSessions, createViewAccount } from './own-account/own-account.ts'
import { createRecoverPassword } from './own-account/recover-password.ts'
import { createRecoveryCodes } from './own-account/recovery-code.ts'
import { createChangeRights, createDeactivatePerson, createReactivatePerson } from './people/change-person.ts'
import { createAskForReset, createDecideReset, createViewResets } from './people/second-factor-reset.ts'
import { createViewFormer, createViewLoneGuardians, createViewPeople, createViewPerson } from './people/view-people.ts'
import { createProposeRecipientSet, createSignRecipientSet } from './sign-recipient-set.ts'

/** Lets few in at once: a wrong code is counted on a connection of its own while its act still holds one. */
type FewAtOnce = <T>(work: () => Promise<T>) => Promise<T>

/** Everything that people pages and the API call: who is here, who comes and goes, and one's own account. */
export function createPeopleUseCases(deps: AccountsDeps, fewAtOnce: FewAtOnce = (work) => work()) {
  const withCode =
    <Given extends unknown[], Result>(act: (...given: Given) => Promise<Result>) =>
    (...given: Given): Promise<Result> =>
      fewAtOnce(() => act(...given))
  const codes = createRecoveryCodes(deps)
  return {
    viewPeople: createViewPeople(deps),
    viewPerson: createViewPerson(deps),
    viewFormer: createViewFormer(deps),
    viewLoneGuardians: createViewLoneGuardians(deps),
    invite: withCode(createInvitePerson(deps)),
    reinvite: withCode(createReinvite(deps)),
    withdrawInvitation: withCode(createWithdrawInvitation(deps)),
    deactivate: withCode(createDeactivatePerson(deps)),
    reactivate: withCode(createReactivatePerson(deps)),
    changeRights: withCode(createChangeRights(deps)),
    askForReset: withCode(createAskForReset(deps)),
    viewResets: createViewResets(deps),
    decideReset: withCode(createDecideReset(deps)),
    proposeRecipientSet: createProposeRecipientSet(deps),
    signRecipientSet: withCode(createSignRecipientSet(deps)),
    enrolment: createEnrolment(deps),
    recoverPassword: createRecoverPassword(deps),
    viewAccount: createViewAccount(deps),
    chooseNote: createChooseNote(deps),
    changePassword: withCode(createChangePassword(deps)),
    endOtherSessions: createEndOtherSessions(deps),
    absences: createAbsences(deps),
    recoveryCodes: { ...codes, make: withCode(codes.make) },
  }
}

export type PeopleUseCases = ReturnType<typeof createPeopleUseCases>

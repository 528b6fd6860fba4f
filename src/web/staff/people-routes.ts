import type { Route } from '../../http/index.ts'
import type { Pages } from '../layout/index.ts'
import { absenceRoutes } from '../pages/absence/routes.ts'
import { accountRoutes } from '../pages/account/routes.ts'
import { countersignRoutes } from '../pages/countersign/routes.ts'
import { enrolRoutes } from '../pages/enrol/routes.ts'
import type { PeopleDeps } from '../pages/people/deps.ts'
import { peopleRoutes } from '../pages/people/routes.ts'
import { recoverPasswordRoutes } from '../pages/recover-password/routes.ts'

/** Who works here: invited, enrolled, countersigned, sent away; and one's own account. */
export function allPeopleRoutes(pages: Pages, deps: PeopleDeps): readonly Route[] {
  return [
    ...enrolRoutes(pages, deps),
    ...recoverPasswordRoutes(pages, deps),
    ...accountRoutes(pages, deps),
    ...absenceRoutes(pages, deps),
    ...peopleRoutes(pages, deps),
    ...countersignRoutes(pages, deps),
  ]
}

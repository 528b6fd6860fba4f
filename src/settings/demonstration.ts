import { firstContacts } from './first-contacts.ts'
import type { FirstSettings } from './seed-settings.ts'

/** The made-up organisation of demonstration mode. Its sites are those of the sample concerns. */
export const demonstrationOrganisation: FirstSettings = {
  stamp: 'demonstration',
  organisation: 'Demonstration hospitals',
  intakeGroups: ['Speak up team'],
  sites: ["Children's hospital", 'Community hospital', 'Learning disability unit', 'Main hospital', 'Tower block, level 2'],
  contacts: firstContacts({
    way: 'Meet them in person. Their number is on the staff noticeboard',
    source: 'This is a demonstration: an organisation puts its own guardians here',
  }),
}

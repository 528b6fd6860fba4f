export const words = {
  title: 'Administration',
  lead: 'Administrators look after the service. They never see a concern.',
  oneGuardian: {
    heading: 'Absence is not covered',
    text: (teams: string) =>
      `Only one guardian receives the concerns of: ${teams}. While that one is away, nobody reads them. Invite a second guardian.`,
  },
  links: [
    { href: '/people', text: 'People' },
    { href: '/settings', text: 'Settings' },
  ],
  never: 'Whatever an administrator does is written into the log, which an auditor can read.',
}

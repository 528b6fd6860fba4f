export const words = {
  title: 'Administration',
  lead: 'Administrators look after the service. They never see a concern.',
  oneGuardian: {
    heading: 'Absence is not covered',
    text: (teams: string) =>
      `Only one guardian receives the concerns of: ${teams}. While that one is away, nobody reads them. Invite a second guardian.`,
  },
  calendarEnds: {
    heading: 'The table of bank holidays ends soon',
    text: (until: string | null) =>
      `${until === null ? 'There is none.' : `Its last day is ${until}.`} Dates beyond it will be wrong. Add the days that follow: Settings, Bank holidays.`,
  },
  links: [
    { href: '/people', text: 'People' },
    { href: '/settings', text: 'Settings' },
    { href: '/duties', text: 'Duties of the organisation' },
  ],
  never: 'Whatever an administrator does is written into the log, which an auditor can read.',
}

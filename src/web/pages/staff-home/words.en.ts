export const words = {
  title: 'Administration',
  lead: 'Administrators look after the service. They never see a concern.',
  links: [
    { href: '/people', text: 'People' },
    { href: '/settings', text: 'Settings' },
  ],
  never: 'Whatever an administrator does is written into the log, which an auditor can read.',
}

export const words = {
  title: 'Administration',
  lead: 'Administrators look after the service. They never see a concern.',
  now: 'This release has no pages for administrators yet. People, sites and time limits are set when the service is set up.',
  never: 'Whatever an administrator does is written into the log, which an auditor can read.',
}

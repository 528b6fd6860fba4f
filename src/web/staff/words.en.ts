/** Words that staff's pages share: what people, codes and clocks are called in sentences. */
export const words = {
  roles: {
    guardian: 'Guardian',
    investigator: 'Investigator',
    executive_lead: 'Executive lead',
    non_executive_lead: 'Non-executive lead',
    auditor: 'Auditor',
    administrator: 'Administrator',
    reporter: 'The person who raised it',
    system: 'The service',
  },
  nobody: 'Nobody yet',
  noTitle: 'No title yet',
  notGraded: 'Not graded yet',
  noElements: 'Not said',
  noDeadline: 'Nothing due',
  danger: 'Danger',
  newMessage: 'New message',
  notGenuine: 'This record is not genuine',
  notGenuineText: 'It was not written by the person it names, or it was changed afterwards, so it is not shown. Tell your auditor.',
  menu: {
    queue: 'Needs action',
    approvals: 'Waiting for my approval',
    escalated: 'Escalated to me',
    log: 'Log',
    administration: 'Administration',
  },
}

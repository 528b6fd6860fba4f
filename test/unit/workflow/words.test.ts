import { describe, expect, it, test } from 'vitest'
import { actions, elements, labels, professionalGroups, stageWords, statuses, statusWords } from '../../../src/workflow/index.ts'

describe('the words on screen', () => {
  test.each(statuses)('tell the person who raised it about "%s" in short plain sentences', (status) => {
    for (const sentence of statusWords[status].reporter.split('. ')) expect(sentence.split(' ').length).toBeLessThanOrEqual(20)
  })

  it('call no two statuses the same', () => {
    expect(new Set(statuses.map((status) => statusWords[status].staff)).size).toBe(statuses.length)
    expect(new Set(statuses.map((status) => statusWords[status].reporter)).size).toBe(statuses.length)
  })

  it('say "being looked into" until there are findings', () => {
    expect(statuses.map(stageWords)).toEqual([
      'Raised',
      'Acknowledged',
      'Acknowledged',
      'Being looked into',
      'Being looked into',
      'Being looked into',
      'Investigated',
      'Resolved',
      'Resolved',
      'Resolved',
    ])
  })

  test.each(Object.entries(labels))('give every one of the %s a code outside programs can rely on and a label of its own', (_, list) => {
    for (const code of Object.keys(list)) expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/)
    expect(new Set(Object.values(list)).size).toBe(Object.keys(list).length)
  })

  it('keep the codes of the published contract', () => {
    expect(elements).toEqual(['patient_safety_quality', 'worker_safety_wellbeing', 'bullying_harassment', 'other_behaviours'])
    expect(professionalGroups).toHaveLength(11)
    expect(actions.join(' ')).toBe(
      'acknowledge triage start_investigation resolve_without_investigation refer record_findings resolve close reopen withdraw assign declare_conflict escalate screen_risk record_first_contact pause_clock resume_clock extend_clock record_follow_up',
    )
  })
})

import { anyone } from '../../http/index.ts'
import type { Call } from '../call.ts'
import { aliveAnswer, readyAnswer } from './schema.ts'

export interface Health {
  /** Whether database, worker and log can serve; `reasons` are codes of what can not. */
  ready(): Promise<{ readonly ready: boolean; readonly reasons: readonly string[]; readonly warnings: readonly string[] }>
}

/** For whatever watches the processes: short, without the API's base, and silent about what is inside. */
export function healthCalls(health: Health): readonly Call[] {
  return [
    {
      method: 'get',
      path: '/healthz',
      policy: anyone,
      contract: {
        name: 'isAlive',
        tag: 'service',
        summary: 'Whether the process is alive',
        takesKey: false,
        answers: { 200: { description: 'Alive.', schema: aliveAnswer } },
        refusals: [],
      },
      handle: (_request, response) => void response.json({ alive: true }),
    },
    {
      method: 'get',
      path: '/readyz',
      policy: anyone,
      contract: {
        name: 'isReady',
        tag: 'service',
        summary: 'Whether it can serve',
        takesKey: false,
        answers: { 200: { description: 'Ready.', schema: readyAnswer }, 503: { description: 'Not ready, and why.', schema: readyAnswer } },
        refusals: [],
      },
      handle: async (_request, response) => {
        const { ready, reasons, warnings } = await health.ready()
        response.status(ready ? 200 : 503).json({ ready, reasons: [...reasons], warnings: [...warnings] })
      },
    },
  ]
}

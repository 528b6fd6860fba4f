import express from 'express'
import { describe, expect, onTestFinished, test } from 'vitest'
import { answerOnTick, createErrorHandler, identifyRequests, systemTimer, type Timer } from '../../../src/http/index.ts'
import { Refusal, systemRandom } from '../../../src/kernel/index.ts'
import { createHttpClient } from '../../support/http-client.ts'

/** Serves one call that takes `spent` milliseconds of the given timer and then answers or fails. */
async function serve(timer: Timer, handle: express.RequestHandler) {
  const app = express()
  app.use(identifyRequests(systemRandom), answerOnTick(timer))
  app.use(handle)
  app.use(createErrorHandler({ log: () => {}, sendErrorPage: (response, page) => void response.status(page.status).send(page.title) }))
  const client = await createHttpClient(app)
  onTestFinished(() => client.close())
  return client
}

function handTimer() {
  const waits: number[] = []
  const timer = {
    time: 1000,
    now: () => timer.time,
    wait: async (milliseconds: number) => void waits.push(milliseconds),
  }
  return { timer, waits }
}

describe('a call that bears a token', () => {
  test.each([
    { spent: 3, wait: 247 },
    { spent: 0, wait: 250 },
    { spent: 250, wait: 0 },
    { spent: 251, wait: 249 },
    { spent: 990, wait: 10 },
  ])('that took $spent ms waits another $wait ms', async ({ spent, wait }) => {
    const { timer, waits } = handTimer()
    const client = await serve(timer, (_request, response) => {
      timer.time += spent
      response.send('found')
    })
    expect((await client.get('/')).text).toBe('found')
    expect(waits).toEqual([wait])
  })

  test('waits as long when it fails', async () => {
    const { timer, waits } = handTimer()
    const client = await serve(timer, () => {
      timer.time += 3
      throw new Refusal('token_not_recognised')
    })
    expect((await client.get('/')).status).toBe(404)
    expect(waits).toEqual([247])
  })

  test('gives its whole answer at once: no byte leaves before the tick', async () => {
    const client = await serve(systemTimer, (_request, response) => void response.send('x'.repeat(100_000)))
    const started = performance.now()
    const response = await fetch(client.origin)
    expect(performance.now() - started).toBeGreaterThanOrEqual(250)
    expect((await response.text()).length).toBe(100_000)
  })

  test('that fails after its answer was decided keeps that answer', async () => {
    const { timer } = handTimer()
    const client = await serve(timer, async (_request, response) => {
      response.send('decided')
      throw new Error('too late')
    })
    expect(await client.get('/')).toMatchObject({ status: 200, text: 'decided' })
  })
})

// A timeout of Node counts whole milliseconds, and cuts off what is over: alone it ends up to two of them early
test('a wait never ends before its time', async () => {
  const early: number[] = []
  for (let at = 0; at < 40; at++) {
    const milliseconds = 3 + (at % 10) / 10
    const started = performance.now()
    await systemTimer.wait(milliseconds)
    const spent = performance.now() - started
    if (spent < milliseconds) early.push(spent - milliseconds)
  }
  expect(early).toEqual([])
})

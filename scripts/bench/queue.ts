import type { Household } from '../../test/support/process.ts'
import { keptOpen, send, type PlainAnswer } from '../../test/support/process-http.ts'
import { fillTo } from './filling.ts'
import { line, percentile, spread, title } from './paper.ts'
import { bearerOf, cookieOf } from './sign-in.ts'
import { withWeb } from './web.ts'

const looks = 200
/** A process that has just started compiles what it runs. */
const warm = 15

/** The first page of the guardian's queue, as JSON and as a page, with this many concerns behind it: one look after the other, once it is warm. */
export async function measureQueue(house: Household, size: number): Promise<void> {
  title(`The queue's first page with ${size.toLocaleString('en-GB')} concerns`)
  await fillTo(house, size)
  await withWeb(house, (origin) => measurePage(origin))
}

async function measurePage(origin: string): Promise<void> {
  const bearer = { Authorization: `Bearer ${await bearerOf(origin)}` }
  const cookie = { Cookie: await cookieOf(origin) }
  for (let round = 0; round < 2; round += 1) {
    await look(origin, '/api/v1/concerns', bearer, warm)
    await look(origin, '/concerns', cookie, warm)
  }
  const api = await look(origin, '/api/v1/concerns', bearer, looks)
  const { items } = api.last.json<{ items: readonly unknown[] }>()
  line('as JSON', `${spread(api.milliseconds)}; ${items.length} rows, ${api.last.text.length} bytes`)
  const page = await look(origin, '/concerns', cookie, looks)
  line('as a page', `${spread(page.milliseconds)}; ${page.last.text.length} bytes`)
  const unopened = api.last.text.split('"genuine":false').length - 1
  if (unopened > 0 || percentile(page.milliseconds, 0.95) > 40)
    line('', `aim: 40 ms and 50 kB${unopened > 0 ? `; ${unopened} rows do not open` : ''}`)
}

async function look(
  origin: string,
  path: string,
  headers: Record<string, string>,
  times: number,
): Promise<{ last: PlainAnswer; milliseconds: number[] }> {
  const agent = keptOpen()
  const milliseconds: number[] = []
  let last = await send(origin, path, { headers, agent })
  if (last.status !== 200) throw new Error(`${path} answers ${last.status}: ${last.text.slice(0, 300)}`)
  for (let count = 0; count < times; count += 1) {
    const began = performance.now()
    last = await send(origin, path, { headers, agent })
    milliseconds.push(performance.now() - began)
  }
  agent.destroy()
  return { last, milliseconds }
}

/** A process of its own that writes the bundle of a log and says how much memory it took: its connection as JSON, and the size of the checkpoint. */
import { Writable } from 'node:stream'
import { prepareBundle } from '../../src/audit/publish/bundle.ts'
import { readCheckpointRow } from '../../src/audit/publish/log-store.ts'
import { connectionOf, createDatabase } from '../../src/database/index.ts'

const [dataDir = '', size = '0'] = process.argv.slice(2)
const database = createDatabase({ connection: connectionOf({ dataDir }), maxConnections: 2 })
const checkpoint = await database.read((tx) => readCheckpointRow(tx, Number(size)))
if (checkpoint === null) throw new Error('no such checkpoint')
const began = performance.now()
let bytes = 0
const nowhere = new Writable({
  write: (chunk: Buffer, _encoding, done) => {
    bytes += chunk.length
    done()
  },
})
await prepareBundle(database, checkpoint).write(nowhere)
const seconds = (performance.now() - began) / 1000
await database.close()
process.stdout.write(JSON.stringify({ bytes, seconds, peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024) }))

// kcat (librdkafka), driven as every client here: produce | consume | member | admin (see ../README.md).
// kcat does the work; this file only turns the key file into options and its output into events.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { caFile, readKeyFile, report } from '../key-file.mjs'
import { administer } from './admin.mjs'

const [command, keyFile, topic, argument] = process.argv.slice(2)
const { key, secret, bootstrapServer } = readKeyFile(keyFile)
const connection = [
  ['-b', bootstrapServer],
  ['-X', `security.protocol=${caFile === undefined ? 'SASL_PLAINTEXT' : 'SASL_SSL'}`],
  caFile === undefined ? [] : ['-X', `ssl.ca.location=${caFile}`],
  ['-X', 'sasl.mechanisms=PLAIN'],
  ['-X', `sasl.username=${key}`],
  ['-X', `sasl.password=${secret}`],
].flat()

const commands = {
  // librdkafka partitions a key by CRC32 unless told otherwise: that default is what is tested.
  produce: () => {
    const compression = `compression.codec=${argument ?? 'none'}`
    run(['-P', '-t', topic, '-K', '\\t', '-X', 'acks=all', '-X', compression], 'inherit')
  },

  admin: () => administer(connection),

  consume: () => run(['-C', '-t', topic, '-o', 'beginning', '-c', argument, '-J'], 'ignore'),

  member: () =>
    run(
      [
        ['-G', argument],
        ['-J', '-u', '-X', 'auto.offset.reset=earliest'],
        ['-X', 'session.timeout.ms=6000'],
        ['-X', 'heartbeat.interval.ms=500'],
        ['-X', 'auto.commit.interval.ms=200'],
        [topic],
      ].flat(),
      'ignore',
    ),
}

function run(options, stdin) {
  const kcat = spawn('kcat', [...connection, ...options], { stdio: [stdin, 'pipe', 'pipe'] })
  createInterface({ input: kcat.stdout }).on('line', (line) => {
    const { partition, offset, key, payload } = JSON.parse(line)
    report({ event: 'record', partition, offset, key, value: payload })
  })
  createInterface({ input: kcat.stderr }).on('line', (line) => {
    const assigned = /rebalanced .*: assigned: (.*)$/.exec(line)?.[1]
    if (assigned === undefined) return process.stderr.write(`${line}\n`)
    const partitions = [...assigned.matchAll(/\[(\d+)\]/g)].map((match) => Number(match[1]))
    report({ event: 'assigned', partitions })
  })
  if (command === 'member') {
    process.stdin.resume()
    process.stdin.once('end', () => kcat.kill('SIGTERM'))
  }
  kcat.once('close', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGTERM' ? 0 : 1)
    process.stdin.destroy()
  })
}

commands[command]()

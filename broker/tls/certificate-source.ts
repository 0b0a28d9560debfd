import type { Clock, Timer } from '../clock.ts'
import {
  type CertificateStore,
  type Certificates,
  type CertificatesResult,
  openCertificates,
} from './certificates.ts'
import { lifetimes } from './lifetimes.ts'

/** The certificates of a running broker, which outlives some of them. */
export interface CertificateSource {
  /** Opens them when first asked. Rejects where the store is damaged or cannot be written. */
  current(): Promise<Certificates>
  /** Told whenever the server's certificate is another. */
  onRenewed(listener: (certificates: Certificates) => void): void
  stop(): void
}

export interface CertificateSourceOptions {
  readonly store: CertificateStore
  readonly names: readonly string[]
  readonly clock: Clock
  readonly log: (line: string) => void
}

/** The certificates cannot be opened: the sentence says why and what to do. */
export class CertificateProblem extends Error {
  override readonly name = 'CertificateProblem'
}

/** Looks once a day whether a certificate is due; where that fails, the next day tries again. */
export function createCertificateSource(options: CertificateSourceOptions): CertificateSource {
  const { clock, log } = options
  const listeners = new Set<(certificates: Certificates) => void>()
  let opened: Promise<Certificates> | null = null
  let timer: Timer | null = null
  let isStopped = false

  async function open(): Promise<Certificates> {
    const certificates = certificatesOf(await tryOpening(options))
    plan()
    return certificates
  }

  function plan() {
    if (!isStopped) timer = clock.after(lifetimes.checkMs, () => void renew())
  }

  async function renew(): Promise<void> {
    try {
      const before = await opened
      const after = certificatesOf(await tryOpening(options))
      opened = Promise.resolve(after)
      if (before?.server.certificate !== after.server.certificate) {
        log('The certificate for TLS was renewed.')
        for (const listener of listeners) listener(after)
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      log(`The certificate for TLS could not be renewed: ${reason}`)
    }
    plan()
  }

  return {
    current() {
      opened ??= open()
      return opened
    },
    onRenewed: (listener) => void listeners.add(listener),
    stop() {
      isStopped = true
      timer?.cancel()
    },
  }
}

async function tryOpening({
  store,
  names,
  clock,
}: CertificateSourceOptions): Promise<CertificatesResult> {
  try {
    return await openCertificates(store, { names, nowMs: clock.nowMs() })
  } catch (error) {
    if (error instanceof Error && 'code' in error && 'path' in error) {
      throw new CertificateProblem(
        `${error.path} cannot be read or written (${error.code}): set DATA_DIR to a folder that can.`,
      )
    }
    throw error
  }
}

function certificatesOf(result: CertificatesResult): Certificates {
  if (!result.ok) {
    throw new CertificateProblem(
      `tls/${result.damaged} in the data folder does not hold a key and its certificate: restore it, or delete it to begin with another authority that every client has to be given.`,
    )
  }
  return result.certificates
}

import { Download } from 'lucide-react'
import { paths } from '../../lib/paths.ts'

/** What programs have to be given to connect by TLS, for both kinds of them. */
const downloads = [
  { file: 'ca.pem', name: 'CA certificate (PEM)' },
  { file: 'truststore.p12', name: 'Trust store for Java (PKCS12)' },
] as const

export function TrustDownloads() {
  return (
    <ul className="flex flex-col items-end gap-1">
      {downloads.map(({ file, name }) => (
        <li key={file}>
          <a
            href={paths.trustFile(file)}
            download={file}
            className="inline-flex items-center gap-1.5 text-river hover:underline"
          >
            <Download aria-hidden className="size-[15px]" />
            {name}
          </a>
        </li>
      ))}
    </ul>
  )
}

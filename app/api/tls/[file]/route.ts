import { readTrustFile } from '@/lib/queries/trust-files'

interface Context {
  readonly params: Promise<{ file: string }>
}

/**
 * What a client has to trust to connect by TLS. Needs no sign-in: it is no secret, and a script that
 * prepares a container should be able to fetch it.
 */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { file } = await params
  const found = await readTrustFile(file)
  if (found === null) return new Response('Not found\n', { status: 404 })
  return new Response(found.bytes, {
    headers: {
      'content-type': found.type,
      'content-disposition': `attachment; filename="${found.name}"`,
      // A renewed authority has the same names.
      'cache-control': 'no-store',
    },
  })
}

import type { Metadata } from 'next'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { ThemeScript } from '@/components/shell/theme-script'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Tributary', template: '%s · Tributary' },
  icons: { icon: '/mark.svg' },
}

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  // Reading the nonce makes every page render per request, as the content security policy needs.
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    <html lang="en" suppressHydrationWarning>
      <head>
        <ThemeScript nonce={nonce} />
      </head>
      <body>{children}</body>
    </html>
  )
}

import type { Metadata } from 'next'
import { Colours, Type } from '@/components/design/colours'
import { Charts, Content } from '@/components/design/content'
import { Buttons, Choices, Fields, States } from '@/components/design/controls'
import { Overlays } from '@/components/design/overlays'
import { Mark } from '@/components/shell/mark'
import { ThemeMenu } from '@/components/shell/theme-menu'
import { Toaster } from '@/components/ui/toaster'

export const metadata: Metadata = { title: 'Design' }

/** Every part of the console in both themes at once. A page of the development server alone. */
export default function DesignPage() {
  return (
    <main className="min-h-dvh bg-paper p-6">
      <div className="mb-4 flex items-center justify-between">
        <h1 className="text-page">Design</h1>
        <ThemeMenu />
      </div>
      <div className="grid items-start gap-6 xl:grid-cols-2">
        {['light', 'dark'].map((theme) => (
          <div
            key={theme}
            data-theme={theme}
            className="flex flex-col gap-7 rounded-lg border border-line bg-sheet p-6 text-ink"
          >
            <h2 className="text-section">{theme === 'light' ? 'Light' : 'Dark'}</h2>
            <div className="flex items-end gap-3.5">
              {[64, 32, 24, 20, 16].map((size) => (
                <Mark key={size} size={size} />
              ))}
            </div>
            <Buttons />
            <Fields />
            <Choices />
            <States />
            <Overlays />
            <Charts />
            <Content />
            <Colours />
            <Type />
          </div>
        ))}
      </div>
      <Toaster />
    </main>
  )
}

/**
 * Sets the theme before the first paint, so that a dark page never flashes white. Inline, with the
 * request's nonce: the content security policy lets no other inline script run.
 */
export function ThemeScript({ nonce }: { readonly nonce: string | undefined }) {
  return (
    <script
      nonce={nonce}
      // Browsers hide the nonce from scripts, so that what React reads differs from what it wrote.
      suppressHydrationWarning
      dangerouslySetInnerHTML={{ __html: source }}
    />
  )
}

const source = `(function(){var t;try{t=localStorage.getItem('tributary-theme')}catch(e){}
if(t!=='dark'&&t!=='light')t=matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light';
document.documentElement.dataset.theme=t})()`

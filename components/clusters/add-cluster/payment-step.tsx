import { Note } from '../../ui/note.tsx'

/** Confluent asks for a card here. This step only says that nobody pays. */
export function PaymentStep() {
  return (
    <>
      <div className="flex flex-col gap-1">
        <h2 className="text-section tracking-[-0.008em]">There is nothing to pay</h2>
        <p className="max-w-[560px] text-ink-2">
          On Confluent Cloud you would enter a card here, or skip it and use the credit of a trial.
          This cluster runs on your own machine, so there is no card to enter.
        </p>
      </div>
      <Note>
        Prices on these pages are <b>simulated</b>: they show what the tutorial's cluster would cost
        in the cloud. Nothing is charged.
      </Note>
    </>
  )
}

/** The product's name and its drawing. */
export function Mark() {
  return (
    <span className="mark">
      <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
        <rect width="32" height="32" rx="8" fill="var(--mantine-color-pine-9)" />
        <path d="M5 21h22M8 21v-4a8 8 0 0 1 16 0v4M16 9v12" fill="none" stroke="var(--mantine-color-white)" strokeWidth="2.4" strokeLinecap="round" />
      </svg>
      Lagerbro
    </span>
  )
}

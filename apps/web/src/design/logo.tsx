/** Two voices: one that speaks, and one that stands in for it. */
export const Logo = () => (
  <svg viewBox="0 0 64 64" width="48" height="48" aria-hidden="true" focusable="false">
    <rect width="64" height="64" rx="15" fill="#1d5c54" />
    <path
      d="M27 14h20a7 7 0 0 1 7 7v11a7 7 0 0 1-7 7"
      fill="none"
      stroke="#9fdccd"
      stroke-width="4"
      stroke-linecap="round"
      stroke-dasharray="1 7.6"
    />
    <path
      d="M18 20h17a8 8 0 0 1 8 8v10a8 8 0 0 1-8 8h-9.500l-8.300 6.600c-.9.700-2.200.1-2.200-1.100V46.500A8 8 0 0 1 10 38.500V28a8 8 0 0 1 8-8z"
      fill="#fff"
    />
  </svg>
);

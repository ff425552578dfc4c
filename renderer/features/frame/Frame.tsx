/** The window's frame: header, rail, the view shown, status bar. */
export function Frame() {
  return <main />;
}

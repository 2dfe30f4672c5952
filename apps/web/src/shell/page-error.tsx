import { Component, type ComponentChildren } from "preact";
import { t } from "../texts/texts.ts";

/** Shows a sentence and a way out instead of nothing when a part of the page fails. What was begun to write is kept already. */
export class PageError extends Component<{ readonly children: ComponentChildren }, { readonly failed: boolean }> {
  override state = { failed: false };

  static override getDerivedStateFromError(error: unknown) {
    console.error(error);
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <main class="starting">
        <div class="empty" role="alert">
          <h1>{t().errors.page}</h1>
          <button type="button" class="button primary" onClick={() => location.reload()}>
            {t().errors.reload}
          </button>
        </div>
      </main>
    );
  }
}

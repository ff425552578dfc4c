/** Keeps a view that fails from taking the window with it: the fallback stands in its place until what is shown changes. */
import { Component, type ReactNode } from 'react';

export interface ViewBoundaryProps {
  /** A change of this gives the view another chance. */
  readonly resetKey: string;
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}

interface State {
  readonly failedAt: string | undefined;
}

export class ViewBoundary extends Component<ViewBoundaryProps, State> {
  override state: State = { failedAt: undefined };

  static getDerivedStateFromError(): Partial<State> {
    return { failedAt: '' };
  }

  override componentDidCatch(): void {
    this.setState({ failedAt: this.props.resetKey });
  }

  override componentDidUpdate(before: ViewBoundaryProps): void {
    if (before.resetKey !== this.props.resetKey && this.state.failedAt !== undefined)
      this.setState({ failedAt: undefined });
  }

  override render(): ReactNode {
    return this.state.failedAt === undefined ? this.props.children : this.props.fallback;
  }
}

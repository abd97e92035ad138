/** Styles that a page brings along; the bundler writes them into the page's own style sheet. */
declare module '*.css';

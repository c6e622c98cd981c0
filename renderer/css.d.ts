// Tells the compiler that a style sheet can be imported; Vite gathers them into one file.
declare module "*.css";

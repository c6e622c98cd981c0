// Stands for Electron in tests that did not put a fake in its place.
throw new Error("A test reached Electron itself: put fake-electron in its place with vi.mock.");

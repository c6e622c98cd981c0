// The product's version, as package.json has it.

export const toolVersion = "0.1.0";

/**
 * Weights and inputs by formula, checkpoint files written from them, and the tensors of the
 * published networks by name and shape. They allow tests of everything without anyone's weights.
 */
package org.touchstone.testing.formula;

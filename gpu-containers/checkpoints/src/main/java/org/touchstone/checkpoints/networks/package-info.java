/**
 * What is asked of every network. Each has a package of its own below this one: how its tensors are
 * laid out, as its paper and published code describe it, its manifest and its published files.
 */
package org.touchstone.checkpoints.networks;

/**
 * The contract of every network. Each network has its own package below this one. It holds the
 * layout of the tensors, as the paper and the published code describe it, the manifest and the
 * published files.
 */
package org.touchstone.checkpoints.networks;

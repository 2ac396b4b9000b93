/** GenD: a linear layer on CLIP's view of an aligned face. */
package org.touchstone.checkpoints.networks.gend;

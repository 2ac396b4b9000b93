/** wav2vec 2.0 and a head that tells synthetic speech from real speech. */
package org.touchstone.checkpoints.networks.wav2vec2;

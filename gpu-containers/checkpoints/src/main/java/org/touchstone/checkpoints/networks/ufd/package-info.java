/** UniversalFakeDetect: a head on a frozen CLIP. */
package org.touchstone.checkpoints.networks.ufd;

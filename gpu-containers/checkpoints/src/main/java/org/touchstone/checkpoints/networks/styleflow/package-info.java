/** StyleFlow: FTCN, and how the code of a face changes from frame to frame. */
package org.touchstone.checkpoints.networks.styleflow;

/** A pickle reader that builds only plain data and the objects on a fixed list of names. */
package org.touchstone.checkpoints.pickle;

/** The function that answers mentions on social networks. */
package org.touchstone.mentions;

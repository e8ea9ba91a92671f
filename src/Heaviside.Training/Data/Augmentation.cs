namespace Heaviside.Data;

/// <summary>How training images are changed anew in every epoch.</summary>
public enum Augmentation
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Moved by up to 4 pixels in each direction, what comes in being black, and mirrored with probability 1/2.</summary>
    CropFlip,
}
